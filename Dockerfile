# The register as one image; docker-compose.yml starts its web servers, its worker and its migrations from it.

# The style sheet, scripts and fonts.
FROM node:22-bookworm-slim AS front
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY tools/frontend.sh tools/
COPY static static
RUN tools/frontend.sh

# The Python environment, from the hash-pinned lock.
FROM python:3.11-slim-bookworm AS packages
WORKDIR /app
COPY requirements/run.lock requirements/
RUN python -m venv .venv \
 && .venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements/run.lock

FROM python:3.11-slim-bookworm
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /data register \
 && install -d -o register -g register /data
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/data
COPY --from=packages /app/.venv .venv
COPY manage.py ./
COPY register register
COPY charters charters
COPY agreements agreements
COPY templates templates
COPY static static
COPY docs/privacy docs/privacy
COPY --from=front /app/build/front build/front
# Gathering files needs no database and no secret: the settings are told so for this one command.
RUN REGISTER_MODE=demonstration DATA_DIR=/tmp/collecting python manage.py collectstatic --noinput --verbosity 0 \
 && rm -rf /tmp/collecting
ARG REVISION=unreleased
ENV REVISION=$REVISION
USER register
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "register.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--no-control-socket", "--worker-tmp-dir", "/dev/shm"]
