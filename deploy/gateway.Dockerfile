# The gateway: no compiler, no jail, no verifier runs here.
ARG PYTHON_IMAGE=python:3.13-slim-trixie
FROM ${PYTHON_IMAGE}
RUN useradd --uid 10001 --create-home --shell /usr/sbin/nologin adjudge && python3 -m venv /opt/adjudge
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY client client
COPY gateway gateway
COPY verifiers verifiers
COPY worker worker
RUN /opt/adjudge/bin/pip install --no-cache-dir --constraint constraints.txt '.[server]' && rm -rf /src/*
USER 10001:10001
WORKDIR /home/adjudge
EXPOSE 50051
ENTRYPOINT ["/opt/adjudge/bin/python", "-m", "adjudge_gateway"]
CMD ["--listen", "0.0.0.0:50051"]
