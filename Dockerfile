# Images of the services (targets inferencer and trainer) and of the whole command (ocellus):
#   docker build --target inferencer -t ocellus/inferencer .
# Build arguments:
#   JARS=prebuilt   takes cli/target as `./mvnw package` left it; else the jars are compiled here
#   DEVICE=gpu      on PyTorch for CUDA; else for the CPU
ARG JARS=compiled
ARG DEVICE=cpu

FROM eclipse-temurin:17-jdk AS compiled
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 rm -rf cli/target \
 && ./mvnw -B -ntp -pl cli -am package -Dmaven.test.skip=true -Dspotless.check.skip=true \
 && mkdir /jars && mv cli/target/ocellus.jar cli/target/lib /jars/

FROM scratch AS prebuilt
COPY cli/target/ocellus.jar /jars/
COPY cli/target/lib /jars/lib

FROM ${JARS} AS jars

FROM eclipse-temurin:17-jre AS java-cpu

FROM pytorch/pytorch:2.7.1-cuda12.8-cudnn9-runtime AS java-gpu
COPY --from=eclipse-temurin:17-jre /opt/java/openjdk /opt/java/openjdk
ENV PATH=/opt/java/openjdk/bin:$PATH \
    PYTORCH_VERSION=2.7.1 \
    PYTORCH_FLAVOR=cu128 \
    PYTORCH_LIBRARY_PATH=/opt/conda/lib/python3.11/site-packages/torch/lib

FROM java-${DEVICE} AS unpacked
COPY --from=jars /jars /jars
RUN DJL_CACHE_DIR=/native/djl java -jar /jars/ocellus.jar unpack --strip-jars /native/natives \
 && chmod -R a+rX /native \
 && mkdir -p /own/lib /state && mv /jars/ocellus.jar /own/ && mv /jars/lib/ocellus-*.jar /own/lib/

# Layers from what changes seldom to what changes often.
FROM java-${DEVICE} AS ocellus
COPY --from=unpacked /native /opt/ocellus
COPY --from=unpacked /jars/lib /opt/ocellus/lib
COPY --from=unpacked --chown=10001:10001 /state /var/lib/ocellus
RUN echo 'ocellus:x:10001:10001::/var/lib/ocellus:/usr/sbin/nologin' >>/etc/passwd
COPY cli/src/main/sh/run containers/ocellus containers/healthy /opt/ocellus/bin/
COPY --from=unpacked /own /opt/ocellus
ENV PATH=/opt/ocellus/bin:$PATH \
    LANG=C.UTF-8 \
    DJL_CACHE_DIR=/opt/ocellus/djl
WORKDIR /tmp
USER 10001:10001
ENTRYPOINT ["ocellus"]

FROM ocellus AS service
ENV OCELLUS_HTTP_HOST=0.0.0.0 \
    OCELLUS_STATE_DIR=/var/lib/ocellus
VOLUME /var/lib/ocellus

FROM service AS inferencer
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=6s --start-period=30s CMD ["healthy", "8080"]
ENTRYPOINT ["ocellus", "inferencer"]

FROM service AS trainer
EXPOSE 8081
HEALTHCHECK --interval=10s --timeout=6s --start-period=30s CMD ["healthy", "8081"]
ENTRYPOINT ["ocellus", "trainer"]
