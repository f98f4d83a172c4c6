import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';

// Testing Library cleans up by itself only where test functions are globals.
afterEach(cleanup);

// jsdom has no canvas and says so at length; axe asks for one and does without. Contrast is for the real browser.
HTMLCanvasElement.prototype.getContext = () => null;
