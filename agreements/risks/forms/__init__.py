"""Forms of impact assessments, processor contracts and risks, one noun a module."""
