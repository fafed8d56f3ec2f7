"""For those who run it: health and metrics."""

from __future__ import annotations

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from web.documents import HealthDocument
from web.metrics import check_access
from web.problems import problem_responses
from web.services import services_of

router = APIRouter()


@router.get("/healthz", response_model=HealthDocument)
async def healthz(request: Request) -> Response:
    """Which parts are up. 200 while anything at all can be answered."""
    return JSONResponse(await services_of(request).health.report())


@router.get(
    "/metrics",
    response_class=Response,
    responses={200: {"description": "Prometheus text format", "content": {"text/plain": {}}}, **problem_responses(403)},
)
async def metrics(request: Request) -> Response:
    """Counters for Prometheus: for this machine itself, or with the bearer token of the settings."""
    services = services_of(request)
    check_access(request, services.settings.metrics_token)
    return Response(services.metrics.text(), headers={"Content-Type": CONTENT_TYPE_LATEST})
