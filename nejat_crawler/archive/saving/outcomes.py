"""What can become of a capture that is saved."""

from typing import Any, Literal

#: `changed`: the site has edited it. `completed`: a text, a date, a tag or a number that was unknown is known.
#: `joined`: a text capture of an article that is archived. `kept`: a better capture of it stands in the archive.
#: `disagrees`: a page and the REST interface show two states, and nothing says that it was edited: the archive keeps
#: the one that it has, and says so once. `stale`: what a listing shows may be a part of the text, or of another than
#: is archived. `refused`: it would have replaced a title or a text by less, and did not the last time.
Outcome = Literal["new", "changed", "completed", "same", "joined", "kept", "disagrees", "stale", "refused"]

Row = dict[str, Any]
