"""What can become of a capture that is saved."""

from typing import Any, Literal

#: `changed`: the site has edited it. `completed`: a text, a date, a tag or a number that was unknown is known.
#: `joined`: a text capture of an article that is archived. `kept`: a better capture of it stands in the archive.
#: `disagrees`: as `changed`, but the REST interface shows another state than the page did, and says that nothing
#: was edited. `stale`: a listing that shows a text in part shows another part than when the whole was read.
#: `refused`: it would have replaced a text by nothing.
Outcome = Literal["new", "changed", "completed", "same", "joined", "kept", "disagrees", "stale", "refused"]

Row = dict[str, Any]
