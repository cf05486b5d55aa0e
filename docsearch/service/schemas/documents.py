"""Bodies of documents: the rows of the list, and a whole one."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from docsearch.records import Level
from docsearch.service.schemas.base import DOCUMENT, HEADER_EXAMPLE, SOURCE, Body


class DocumentRowBody(Body):
    """One document of the list. What it leaves blank is null."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "document": DOCUMENT,
                    "source": SOURCE,
                    **HEADER_EXAMPLE,
                    "signatories": ["Vi Nông Trường"],
                    "duplicate_of": None,
                    "duplicates": [],
                    "relations": {"implements": 2, "cites": 6},
                    "unit": "huyện Chi Lăng, tỉnh Lạng Sơn",
                    "format": "text",
                    "confidence": None,
                }
            ]
        },
    )

    document: str
    source: str
    type: str | None
    number: str | None
    issuer: str | None
    place: str | None
    issued_on: str | None
    subject: str | None
    signatories: list[str]
    duplicate_of: str | None = Field(description="the document that is shown in its stead")
    duplicates: list[str] = Field(description="files that hold the same document")
    relations: dict[str, int] = Field(description="how many citations, by how it cites")
    unit: str | None = Field(description="the administrative unit of its place, with those above")
    format: str = Field(description="what the file is: text, html, pdf, scan, docx, doc …")
    confidence: float | None = Field(description="0 to 1, of the character recognition of a scan")


class SignatoryBody(Body):
    """One who signed (người ký)."""

    name: str
    title: str | None
    authority: str | None
    start: int
    end: int


class AddresseeBody(Body):
    """One whom the document is addressed to (kính gửi)."""

    text: str
    start: int
    end: int


class RecipientBody(Body):
    """One who gets the document (nơi nhận)."""

    name: str
    purpose: str | None
    start: int
    end: int


class AdministrativeUnitBody(Body):
    """A unit of the State's administration; district is null since 1 July 2025."""

    province: str
    district: str | None
    commune: str | None


class PlaceBody(Body):
    """The unit that the place is, as it was at the date of issue, and what became of it."""

    province: str
    district: str | None
    commune: str | None
    inferred: bool = Field(description="whether the document does not state the place itself")
    since_2025: list[AdministrativeUnitBody] = Field(
        description="since 1 July 2025: the province of a province, the communes that the area"
        " of a district or commune lies in"
    )


class HeaderBody(Body):
    """What a document says of itself; spans has where each value stands."""

    type: str | None
    number: str | None
    symbol: str | None
    issuer: str | None
    parent_body: str | None
    place: str | None
    issued_on: str | None
    subject: str | None
    signatories: list[SignatoryBody]
    addressees: list[AddresseeBody]
    recipients: list[RecipientBody]
    spans: dict[str, tuple[int, int]]
    inferred: list[str] = Field(description="names of the values that the words only imply")
    confidence: dict[str, float] = Field(
        description="0 to 1, for each value that is not null: how it was read"
    )
    unit: PlaceBody | None


class UnitBody(Body):
    """One part of a document with everything below it."""

    level: Level
    label: str = Field(description="as printed: IV, 5a, đ; empty for a paragraph")
    heading: str | None
    start: int
    end: int
    children: list[UnitBody]


class DocumentBody(Body):
    """A document with its text, header and outline."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "document": DOCUMENT,
                    "source": SOURCE,
                    "format": "text",
                    "confidence": None,
                    "notes": [],
                    "pages": [],
                    "first_page": 1,
                    "text": "**ỦY BAN NHÂN DÂN** …",
                    "header": {
                        **HEADER_EXAMPLE,
                        "symbol": "KH-UBND",
                        "parent_body": None,
                        "signatories": [],
                        "addressees": [],
                        "recipients": [],
                        "spans": {"number": [44, 55]},
                        "inferred": [],
                        "confidence": {"number": 0.98},
                        "unit": None,
                    },
                    "units": [
                        {
                            "level": "roman",
                            "label": "IV",
                            "heading": "IV. TỔ CHỨC THỰC HIỆN",
                            "start": 16500,
                            "end": 20100,
                            "children": [],
                        }
                    ],
                }
            ]
        },
    )

    document: str
    source: str
    format: str = Field(description="what the file is: text, html, pdf, scan, docx, doc …")
    confidence: float | None = Field(description="0 to 1, of the character recognition of a scan")
    notes: list[str] = Field(description="what the reader converted or left out")
    pages: list[tuple[int, int]] = Field(description="where each page stands; [] without pages")
    first_page: int = Field(description="number of the page that pages begins with")
    text: str = Field(description="NFC; what all positions count in")
    header: HeaderBody
    units: list[UnitBody]
