"""What can become of a capture that is saved."""

from typing import Any, Literal

#: `completed`: something was added that had not been seen; `joined`: a text capture of an archived article;
#: `kept`: a better capture stands in the archive; `refused`: it would have replaced a text by nothing.
Outcome = Literal["new", "changed", "completed", "same", "joined", "kept", "refused"]

Row = dict[str, Any]
