# syntax=docker/dockerfile:1

# The image's own Node runs everything, so the npm package `node`, which brings one to machines with an
# older Node, is not needed: its script stays off, like every other package's.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts
COPY prisma ./prisma
# `generate` runs no engine, but would download one unless this names a file that can be executed.
RUN PRISMA_SCHEMA_ENGINE_BINARY=/usr/local/bin/node CHECKPOINT_DISABLE=1 \
    node node_modules/prisma/build/index.js generate --config prisma/sqlite/prisma.config.ts
COPY scripts ./scripts
COPY src ./src
RUN node scripts/build.ts
COPY dashboard ./dashboard
RUN node node_modules/vite/bin/vite.js build dashboard

FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# --ignore-scripts also keeps better-sqlite3 from being compiled: its package holds the binary.
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts --omit=dev

FROM node:24-bookworm-slim
LABEL org.opencontainers.image.title="wagraph" \
      org.opencontainers.image.description="A self-hosted gateway for many WhatsApp accounts" \
      org.opencontainers.image.licenses="MIT AND GPL-3.0-only" \
      io.wagraph.licence-note="wagraph is MIT; this image contains libsignal, which is GPL-3.0. See /app/LICENSE."
WORKDIR /app
# HOST opens the gateway to the container's network; it then refuses to start without API_KEY.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=5000 DATA_DIR=/data
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY bin ./bin
COPY prisma ./prisma
COPY libsignal ./libsignal
COPY --from=build /app/dist ./dist
COPY --from=build /app/dashboard/dist ./dashboard/dist
# A named volume takes over the folder's owner, and so stays writable without root.
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 5000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/livez`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# As in the scripts of package.json: what was freed goes back to the machine.
ENV MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=131072 MALLOC_TRIM_THRESHOLD_=131072
# No npm between Docker and the gateway: SIGTERM reaches it, and it drains.
CMD ["node", "--max-semi-space-size=8", "bin/wagraph.mjs"]
