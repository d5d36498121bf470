FROM python:3.13-slim AS build
ENV UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1
RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /opt/nhip
# Dependencies first: this layer stays as it is while only our own code changes.
COPY pyproject.toml uv.lock README.md LICENSE ./
RUN uv sync --frozen --no-dev --no-install-project
COPY nhip nhip
COPY streams streams
COPY connectors connectors
COPY dashboards dashboards
COPY catalogue catalogue
RUN uv sync --frozen --no-dev

FROM python:3.13-slim
RUN useradd --uid 10001 --no-create-home --home-dir /opt/nhip --shell /usr/sbin/nologin nhip
COPY --from=build /opt/nhip /opt/nhip
WORKDIR /opt/nhip
ENV PATH=/opt/nhip/.venv/bin:$PATH PYTHONUNBUFFERED=1
USER nhip
ENTRYPOINT ["nhip"]
