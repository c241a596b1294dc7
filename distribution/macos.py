"""What macOS is told of the program: what it is called there, and that workshops are its files.

For `build.spec`. Pure. Written after Apple's reference of the keys of an Info.plist; not run yet.
"""

from __future__ import annotations

from distribution import contents
from hicm_desktop.storage.names import SUFFIX

BUNDLE = contents.IDENTIFIER.replace("_", "-")
"""Apple's identifiers have letters, digits, hyphens and full stops, and no underscore."""

WORKSHOP = f"{BUNDLE}.workshop"
MIME_TYPE = "application/x-hicm-workshop"


def info() -> dict[str, object]:
    """Give what goes into Info.plist beside what PyInstaller writes there."""
    return {
        "NSHighResolutionCapable": True,
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "HICM workshop",
                "CFBundleTypeRole": "Editor",
                "CFBundleTypeIconFile": f"{contents.PROGRAM}.icns",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [WORKSHOP],
            }
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": WORKSHOP,
                "UTTypeDescription": "HICM workshop",
                "UTTypeConformsTo": ["public.data"],
                "UTTypeTagSpecification": {
                    "public.filename-extension": [SUFFIX.removeprefix(".")],
                    "public.mime-type": [MIME_TYPE],
                },
            }
        ],
    }
