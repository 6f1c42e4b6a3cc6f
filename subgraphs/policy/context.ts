import type { BodiesLoader } from '../shared/bodies';
import type { CommitmentLoader } from './commitment/commitment.loader';
import type { DocumentLoader } from './document/document.loader';
import type { ParticipationLoader } from './participation/participation.loader';
import type { PlanLoader } from './plan/plan.loader';
import type { ProcessLoader } from './process/process.loader';
import type { RelianceLoader } from './reliance/reliance.loader';
import type { SubmissionLoader } from './submission/submission.loader';
import type { VoiceLoader } from './submission/voice.loader';
import type { TiesLoader } from './ties/ties.loader';
import type { VisibilityLoader } from './visibility/visibility.loader';

/** What the resolvers of one request share. */
export interface PolicyContext {
  documents: DocumentLoader;
  processes: ProcessLoader;
  participations: ParticipationLoader;
  plans: PlanLoader;
  submissions: SubmissionLoader;
  commitments: CommitmentLoader;
  reliance: RelianceLoader;
  presences: VisibilityLoader;
  voice: VoiceLoader;
  ties: TiesLoader;
  bodies: BodiesLoader;
}
