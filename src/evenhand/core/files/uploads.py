"""What stops an upload that is larger than anything that is taken, while it is still coming in."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload

LARGEST_REQUEST = 32 * 1024 * 1024  # what is a little too large for its form is told of there, in words


class Capped(FileUploadHandler):
    """Ends the connection once all files of a request together pass what any form of ours takes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Nothing has come in yet."""
        super().__init__(*args, **kwargs)
        self.read = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass on what comes, as long as it is little enough."""
        del start
        self.read += len(raw_data)
        if self.read > LARGEST_REQUEST:
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler keeps it."""
        del file_size
