import { afterEach } from 'vitest';
import { endTest } from './harness.tsx';

afterEach(endTest);
