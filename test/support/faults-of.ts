/** The user's faults that an act throws. */
import { type Fault, UserFault } from "../../core/faults";

/** None when the act ends well; any other error passes. */
export function faultsOf(act: () => unknown): readonly Fault[] {
  try {
    act();
  } catch (error) {
    if (error instanceof UserFault) return error.faults;
    throw error;
  }
  return [];
}
