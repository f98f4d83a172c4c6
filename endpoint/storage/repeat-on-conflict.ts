/** PostgreSQL's codes for "another transaction was in the way": serialisation, deadlock, unique key. */
const conflicts = new Set(['40001', '40P01', '23505']);
const mostAttempts = 3;

export async function repeatOnConflict<T>(attempt: () => Promise<T>): Promise<T> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (attempts === mostAttempts || !conflicts.has(String((error as { code?: unknown }).code))) throw error;
    }
  }
}
