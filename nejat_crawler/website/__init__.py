"""The pages of the published site that are our own: functions of an archive, and routes that Datasette serves."""
