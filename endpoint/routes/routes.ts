import type { App } from '../http/app.ts';
import type { Service } from '../http/service.ts';
import { blobRoutes } from './blobs.ts';
import { entryRoutes } from './entries.ts';
import { healthRoutes, openapiRoute } from './open.ts';
import { outcomeRoutes } from './outcomes.ts';
import { positionsRoute } from './positions.ts';
import { reportRoute } from './reports.ts';
import { rosterRoute } from './roster.ts';
import { transferRoutes } from './transfers.ts';
import { treeRoutes } from './tree.ts';
import { directoryRoute, enrolmentRoute } from './units.ts';

/** Every address of the endpoint. */
export async function addRoutes(app: App, service: Service): Promise<void> {
  healthRoutes(app, service);
  openapiRoute(app, service);
  directoryRoute(app, service);
  enrolmentRoute(app, service);
  reportRoute(app, service);
  treeRoutes(app, service);
  rosterRoute(app, service);
  positionsRoute(app, service);
  transferRoutes(app, service);
  outcomeRoutes(app, service);
  await app.register(async (scope) => entryRoutes(scope as App, service));
  await app.register(async (scope) => blobRoutes(scope as App, service));
}
