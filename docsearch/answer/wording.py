"""The answer's own words, in the question's language. Quotations are never translated."""

from __future__ import annotations

from typing import Final, Literal

from docsearch.records import AbstentionReason

Language = Literal["vi", "en"]

_WORDS: Final[dict[str, tuple[str, str]]] = {
    "deadline": ("thời hạn", "by"),
    "recipient": ("gửi", "to"),
    "forwarded_to": ("để báo cáo tiếp", "to be reported on to"),
    "along": ("phối hợp", "together with"),
    "period": ("giai đoạn", "period"),
    "number": ("số", "number"),
    "date": ("ngày ban hành", "issued on"),
    "signatory": ("người ký", "signed by"),
    "addressees": ("kính gửi", "addressed to"),
    "recipients": ("nơi nhận", "recipients"),
    "subject": ("trích yếu", "subject"),
    "issuer": ("cơ quan ban hành", "issued by"),
    "type": ("loại văn bản", "type"),
    "blank": ("để trống trong văn bản", "left blank in the document"),
    "cites": ("nhắc đến", "cites"),
    "party": ("văn bản của Đảng", "document of the Party"),
    "yes": ("Đúng", "Yes"),
    "no": ("Không phải", "Not"),
    "state": ("văn bản của chính quyền", "document of the State"),
}

_REASONS: Final[dict[AbstentionReason, tuple[str, str]]] = {
    "not_in_corpus": (
        "Không tìm thấy nội dung này trong các văn bản đã lập chỉ mục.",
        "Nothing in the indexed documents speaks of this.",
    ),
    "document_not_in_corpus": (
        "Văn bản được hỏi không có trong kho văn bản{detail}.",
        "The document asked about is not in the corpus{detail}.",
    ),
    "place_not_in_corpus": (
        "Kho văn bản không có văn bản nào của {detail}.",
        "The corpus has no document of {detail}.",
    ),
    "not_stated": (
        "Văn bản có trong kho nhưng không nêu điều được hỏi{detail}.",
        "The documents are here and do not say this{detail}.",
    ),
    "conflicting": (
        "Các văn bản nói khác nhau về điều được hỏi{detail}.",
        "The documents contradict each other on this{detail}.",
    ),
    "ambiguous": (
        "Câu hỏi khớp với nhiều văn bản; xin nêu rõ số hiệu hoặc địa phương{detail}.",
        "The question fits several documents; name the number or the place{detail}.",
    ),
    "unreadable_source": (
        "Nguồn của văn bản này không đọc được{detail}.",
        "The source of this document cannot be read{detail}.",
    ),
}


def word(key: str, language: Language) -> str:
    """Return one of the answer's own words."""
    vietnamese, english = _WORDS[key]
    return english if language == "en" else vietnamese


def reason_text(reason: AbstentionReason, language: Language, detail: str = "") -> str:
    """Return why there is no answer.

    Args:
        reason: the type of the abstention.
        language: of the question.
        detail: a place, or a clause that begins with ": ".

    Returns:
        One sentence.
    """
    vietnamese, english = _REASONS[reason]
    return (english if language == "en" else vietnamese).format(detail=detail)
