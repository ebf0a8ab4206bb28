"""Who is who: partnerships, bodies, memberships, communities, people, posts and appointments."""
