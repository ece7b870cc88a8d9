# The product's image: web, worker, beat and migrate are the same image with other commands.
# docker/pin-images.sh names it by digest.
ARG PYTHON_IMAGE=python:3.13-slim
FROM ${PYTHON_IMAGE} AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/portal
COPY requirements/product.txt /tmp/product.txt
RUN /opt/portal/bin/pip install --require-hashes --only-binary=:all: -r /tmp/product.txt

COPY . /srv/portal
WORKDIR /srv/portal
# Collecting the static files needs the settings, not the services that they name.
RUN SECRET_KEY=build ALLOWED_HOSTS=localhost BASE_URL=https://localhost \
    DATABASE_URL=postgresql://nobody@localhost/none REDIS_URL=redis://localhost KEY_STORE=/keys \
    EMAIL_URL=console: DEFAULT_FROM_EMAIL=build@localhost \
    /opt/portal/bin/python manage.py collectstatic --noinput --verbosity 0


FROM ${PYTHON_IMAGE}

RUN useradd --system --uid 10001 --user-group --no-create-home portal \
    && install --directory --owner portal --group portal --mode 0700 /keys
COPY --from=build /opt/portal /opt/portal
COPY --from=build /srv/portal /srv/portal
WORKDIR /srv/portal
ENV PATH=/opt/portal/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=cqi_portal.settings
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "docker/healthy.py"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", \
     "--workers", "2", "--blocking-threads", "8", "--no-ws", "cqi_portal.wsgi:application"]
