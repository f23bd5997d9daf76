# The image of one process of the platform, and of its command line:
#
#   docker build --build-arg SERVICE=earnings-service -t clone-platform/earnings-service .
#
# SERVICE     gateway, auth-service, earnings-service, withdrawal-service, premium-service, support-service or cli
# ARTIFACTS   build: compile here, which needs Maven Central; jars: take what ./clonectl or mvn package left in target
# REVISION    the commit, for the label
ARG ARTIFACTS=build
ARG JAVA=25

FROM maven:3.9-eclipse-temurin-${JAVA} AS build
WORKDIR /src
COPY . .
RUN rm -rf -- */target && mvn -q -B -P quick package -DskipTests -Dspotless.check.skip -pl cli -am

FROM scratch AS jars
COPY . /src

FROM ${ARTIFACTS} AS artifacts

# The service's archive, the libraries that its manifest names and no others, and native code outside of archives.
FROM eclipse-temurin:${JAVA}-jdk AS layout
ARG SERVICE
COPY --from=artifacts /src /src
RUN bash /src/docker/assemble "${SERVICE:?needs a value}" /src /app

# One start on the very Java that will run it writes down the classes it loads; later starts take them from there.
FROM eclipse-temurin:${JAVA}-jre AS trained
COPY --from=layout /app /app
RUN bash /app/train && mkdir /backups

FROM eclipse-temurin:${JAVA}-jre
ARG SERVICE
ARG REVISION=unknown
LABEL org.opencontainers.image.title="clone-platform/${SERVICE}" \
      org.opencontainers.image.description="Clone Platform: ${SERVICE}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.version="0.1.0"
COPY --from=trained /app /app
# A volume for backups that is mounted here belongs to who writes them.
COPY --from=trained --chown=10001:10001 /backups /backups
# One process has dozens of threads; without a limit each keeps a heap of its own in C.
ENV MALLOC_ARENA_MAX=2
# A number, so that Kubernetes can see that it is not root. Nothing is written anywhere.
USER 10001:10001
WORKDIR /app
ENV HTTP_HOST=0.0.0.0 LOG_FORMAT=json CLUSTER_HOST=self CLUSTER_BUS_PORT=5710
EXPOSE 8080 9000 5701 5710
HEALTHCHECK --interval=10s --timeout=2s --start-period=30s CMD ["bash", "/app/alive"]
ENTRYPOINT ["java", "@/app/java.args"]
