"""What people may do about a draft that is consulted on, act by act."""
