# A worker: the jail (nsjail), the compilers that tasks may use, the verifiers with their libraries.
ARG PYTHON_IMAGE=python:3.13-slim-trixie
FROM ${PYTHON_IMAGE}
# Further Debian packages with toolchains (docs/languages.md), such as
# "default-jdk-headless nodejs rustc golang-go".
ARG TOOLCHAINS=""
RUN apt-get update \
  && apt-get install -y --no-install-recommends g++ libnl-route-3-200 ${TOOLCHAINS} \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --uid 10001 --create-home --shell /usr/sbin/nologin adjudge \
  && python3 -m venv /opt/adjudge
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY client client
COPY gateway gateway
COPY verifiers verifiers
COPY worker worker
RUN /opt/adjudge/bin/pip install --no-cache-dir --constraint constraints.txt '.[server,chemistry]' && rm -rf /src/*
USER 10001:10001
WORKDIR /home/adjudge
ENTRYPOINT ["/opt/adjudge/bin/python", "-m", "adjudge_worker"]
