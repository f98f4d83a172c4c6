import type { App } from '../http/app.ts';
import type { Service } from '../http/service.ts';
import { blobRoutes } from './blobs.ts';
import { directoryRoute } from './directory.ts';
import { enrolmentRoute } from './enrolments.ts';
import { entryRoutes } from './entries.ts';
import { headRoute } from './head.ts';
import { healthRoutes } from './health.ts';
import { openapiRoute } from './openapi.ts';
import { outcomeRoutes } from './outcomes.ts';
import { positionsRoute } from './positions.ts';
import { reportRoute } from './reports.ts';
import { sealingKeyRoute } from './sealing-key.ts';
import { transferRoutes } from './transfers.ts';

/** Every address of the endpoint. One file each. */
export async function addRoutes(app: App, service: Service): Promise<void> {
  healthRoutes(app, service);
  openapiRoute(app, service);
  directoryRoute(app, service);
  enrolmentRoute(app, service);
  sealingKeyRoute(app, service);
  reportRoute(app, service);
  entryRoutes(app, service);
  headRoute(app, service);
  positionsRoute(app, service);
  transferRoutes(app, service);
  outcomeRoutes(app, service);
  await app.register(async (scope) => blobRoutes(scope as App, service));
}
