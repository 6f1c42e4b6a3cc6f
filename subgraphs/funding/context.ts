import type { BodiesLoader } from '../shared/bodies';
import type { ActivityLoader } from './activity/activity.loader';
import type { ClassificationLoader } from './classification/classification.loader';
import type { FlowLoader } from './flow/flow.loader';
import type { FtsLoader } from './fts/fts.loader';
import type { GrantLoader } from './grant/grant.loader';
import type { IntermediaryLoader } from './intermediary/intermediary.loader';
import type { RateLoader } from './rate/rate.loader';
import type { QualityLoader } from './source/quality.loader';
import type { FlowRouteLoader } from './trail/flow-route.loader';
import type { TrailLoader } from './trail/trail.loader';
import type { SummaryLoader } from './summary/summary.loader';
import type { RunwayLoader } from './terms/runway.loader';
import type { TermsLoader } from './terms/terms.loader';

/** What the resolvers of one request share. */
export interface FundingContext {
  activities: ActivityLoader;
  flows: FlowLoader;
  grants: GrantLoader;
  fts: FtsLoader;
  rates: RateLoader;
  quality: QualityLoader;
  classifications: ClassificationLoader;
  intermediaries: IntermediaryLoader;
  trails: TrailLoader;
  flowRoutes: FlowRouteLoader;
  summaries: SummaryLoader;
  terms: TermsLoader;
  runways: RunwayLoader;
  bodies: BodiesLoader;
}
