"""Logs: one JSON object a line, about what happened and never what anyone wrote."""

from __future__ import annotations

import datetime as dt
import json
import logging
import sys
import traceback

_LOGGER = logging.getLogger("bingwen.web")


def log(event: str, **fields: object) -> None:
    """Log that `event` happened. Fields name and number things; message texts have no place here."""
    _LOGGER.info(event, extra={"fields": fields})


def log_failure(event: str, error: BaseException, **fields: object) -> None:
    """Log that `event` failed: the error's type and place, since its words may quote what a resident wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else None
    _LOGGER.warning(event, extra={"fields": {"error": type(error).__name__, "place": place, **fields}})


class OneLine(logging.Formatter):
    """Formats every record, with the places of its traceback, as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": dt.datetime.fromtimestamp(record.created, dt.timezone.utc).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        line.update(getattr(record, "fields", {}))
        if record.exc_info:
            kind, _, place = record.exc_info
            # Without the error's own words: they may quote what a resident wrote.
            line["error"] = kind.__name__ if kind else None
            line["traceback"] = "".join(traceback.format_tb(place))
        return json.dumps(line, ensure_ascii=False, default=str)


def configure() -> None:
    """Send this process's logs to standard error, one line each."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.getLogger("alembic").setLevel(logging.WARNING)
