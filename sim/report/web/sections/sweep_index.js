// The parts of the page of a collected sweep, in order.
import { view, viewControls } from '../lib/sweep_view.js';
import { sweepDifference } from './sweep_difference.js';
import { sweepMap } from './sweep_map.js';
import { sweepOrigin } from './sweep_origin.js';
import { sweepQuestion } from './sweep_question.js';
import { sweepScenarios } from './sweep_scenarios.js';
import { sweepSpider } from './sweep_spider.js';
import { sweepTornado } from './sweep_tornado.js';

export const parts = [
  ['question', 'What was asked', sweepQuestion],
  ['view', 'What to look at', () => (view.quantity ? [viewControls()] : null)],
  ['map', 'Which strategy wins where', sweepMap],
  ['difference', 'How much is gained, and break-even values', sweepDifference],
  ['tornado', 'What moves it most', sweepTornado],
  ['spider', 'How it moves along each axis', sweepSpider],
  ['scenarios', 'Scenarios', sweepScenarios],
  ['origin', 'How to reproduce it', sweepOrigin],
];
