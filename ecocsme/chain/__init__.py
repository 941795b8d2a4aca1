"""What crosses all rooms: the whole chain on the example project."""
