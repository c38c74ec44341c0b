"""Pictures: made anew from their pixels, so that place, time, camera, remarks and whatever was hidden in the file are gone."""

import contextlib
import io

from PIL import Image, ImageOps

from portal.documents.reasons import LARGEST, Kind, Refused, Why

MOST_PIXELS = 50_200_000
"""A telephone's 50 megapixels (8160 × 6144); twice that in memory is 300 MB."""
_QUALITY = 90
_LONGEST_SIDE = 30_000


def pixels_only(data: bytes, kind: Kind) -> bytes:
    """The same picture, upright, in the same kind of file, without anything else. Raises Refused.

    Colour profiles go too: they can hold text. So colours outside sRGB become a little paler.
    """
    # How large a picture may be is asked here, from its first bytes; Pillow's own warning comes later.
    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG" if kind is Kind.JPEG else "PNG"]) as image:
            width, height = image.size
            if width * height > MOST_PIXELS or max(width, height) > _LONGEST_SIDE:
                raise Refused(Why.TOO_MANY_PIXELS)
            image.load()
            clean = _bare(_upright(image))
        made = io.BytesIO()
        if kind is Kind.JPEG:
            clean.save(made, "JPEG", quality=_QUALITY)
        else:
            clean.save(made, "PNG")
    except (Refused, MemoryError):
        raise
    except Exception:
        # Of a broken picture Pillow says many different things (OSError, SyntaxError, struct.error, ...).
        raise Refused(Why.DAMAGED) from None
    if made.tell() > LARGEST:
        raise Refused(Why.TOO_LARGE)
    return made.getvalue()


def _upright(image: Image.Image) -> Image.Image:
    with contextlib.suppress(Exception):
        # Remarks that can't be read say nothing about which side is up.
        return ImageOps.exif_transpose(image)
    return image


def _bare(image: Image.Image) -> Image.Image:
    if "transparency" in image.info:
        bare = image.convert("RGBA")
    elif image.mode in ("CMYK", "YCbCr"):
        bare = image.convert("RGB")
    else:
        bare = image.copy()
    bare.info = {}
    return bare
