"""The HTTP edge beside the servers that could stand in its place."""
