"""One function a command, with progress and cancel."""
