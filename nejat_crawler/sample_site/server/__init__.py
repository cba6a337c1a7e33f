"""What the sample site answers over HTTP."""
