import type { BodiesLoader } from '../shared/bodies';
import type { DocumentLoader } from './document/document.loader';
import type { ParticipationLoader } from './participation/participation.loader';
import type { ProcessLoader } from './process/process.loader';

/** What the resolvers of one request share. */
export interface PolicyContext {
  documents: DocumentLoader;
  processes: ProcessLoader;
  participations: ParticipationLoader;
  bodies: BodiesLoader;
}
