import type { PushFrame } from '../../shared/contract/wire.ts';
import type { Person } from '../../shared/domain/people.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Random } from '../../shared/lib/random.ts';
import type { Result } from '../../shared/lib/result.ts';
import type { Connection } from '../connection.ts';
import type { Host, Secrets } from '../host.ts';
import type { Kernel } from '../kernel.ts';
import type { Log } from '../log.ts';
import type { StoreTrouble } from '../store/trouble.ts';
import type { HookBook, WorkspaceCarriers } from '../workspace-carriers.ts';
import type { Workspace } from '../workspaces.ts';
import type { Pushes } from './pushes.ts';

export interface HouseParts {
  /** Where everything of this installation lives. */
  readonly dataDir: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly host: Host;
  readonly secrets: Secrets;
  readonly log: Log;
  /** How fast practice runs, and a clock that runs at that pace; live workspaces know one speed. */
  readonly practiceSpeed: number;
  readonly practicePace: Clock;
  readonly push: (frame: PushFrame) => void;
}

/** Who sits at this installation's screens, and in which workspace. */
export interface Seat {
  kernel: Kernel | null;
  workspace: Workspace | null;
  person: Person | null;
  isLocked: boolean;
  /** Of a live workspace; null in practice, and while none is open. */
  carriers: WorkspaceCarriers | null;
  /** Where its carriers may call us back, while the relay is open. */
  readonly hooks: HookBook;
  /** How a live workspace hears its carriers; null in practice, and while none is open. */
  connection: Connection | null;
}

/** What handlers work with. */
export interface Rooms extends HouseParts {
  readonly seat: Seat;
  readonly pushes: Pushes;
  openWorkspace(workspace: Workspace): Promise<Result<null, StoreTrouble>>;
  /** Opens it again as it is set up now; whoever sits here goes on sitting. */
  reopenWorkspace(): Promise<Result<null, StoreTrouble>>;
  /** Signs a person in, here and at the next start. */
  seatPerson(person: Person | null): void;
}
