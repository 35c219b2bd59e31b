# No digests stand here: pin both images by the digest that your registry shows for this tag before you deploy.

FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY src ./src
RUN npm run build

# A tree of its own instead of a pruned one: what is only for development was never there.
FROM node:24-bookworm-slim AS dependencies
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --omit=dev

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app
COPY --from=dependencies /build/node_modules ./node_modules
COPY --from=build /build/dist ./dist
COPY package.json ./
# The cache is the only folder that the service writes to. Losing it costs time, never a decision.
RUN mkdir -p /var/cache/lockwarden && chown node:node /var/cache/lockwarden
USER node
EXPOSE 3000
VOLUME /var/cache/lockwarden
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node itself is the first process, so that SIGTERM reaches it: npm and a shell would keep it.
CMD ["node", "dist/cli.js", "serve", "--cache", "/var/cache/lockwarden"]
