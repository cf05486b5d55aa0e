"""What the bodies have in common, and the document of their examples."""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel, ConfigDict

QUESTION: Final = "Đơn vị nào phải báo cáo trước ngày 15/12?"
DOCUMENT: Final = "141-kh-ubnd-chi-lang-2022"
SOURCE: Final = "001_97fd57f65c5eff66.txt"

HEADER_EXAMPLE: Final[dict[str, Any]] = {
    "type": "kế hoạch",
    "number": "141/KH-UBND",
    "issuer": "UBND huyện Chi Lăng",
    "place": "huyện Chi Lăng",
    "issued_on": "2022-04-29",
    "subject": "Tiếp tục thực hiện đổi mới căn bản …",
}


class Body(BaseModel):
    """A body of the service: nothing in it that is not described."""

    model_config = ConfigDict(extra="forbid")
