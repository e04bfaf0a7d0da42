"""Files that people upload: whether they are what they say, without what could hurt others.

Whatever opens a stranger's file runs in a process of its own, with little memory and time
(`child`). The rest of Stegvis calls the functions here.
"""

from courses.documents.uploads.child import check, extract_text, read_pieces, rewrite_picture
from courses.documents.uploads.kinds import ACCEPT, DOCX, MEDIA_TYPES, PICTURES, extension_of

__all__ = [
    "ACCEPT", "DOCX", "MEDIA_TYPES", "PICTURES", "check", "extension_of", "extract_text",
    "read_pieces", "rewrite_picture",
]
