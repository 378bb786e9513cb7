// The parts of the page, in order: one file and one line each. A part that returns nothing is left out.
import { differences } from './differences.js';
import { distributions } from './distributions.js';
import { economics } from './economics.js';
import { fits } from './fits.js';
import { flow } from './flow.js';
import { incidence } from './incidence.js';
import { occupancy } from './occupancy.js';
import { origin } from './origin.js';
import { parameters } from './parameters.js';
import { pathway } from './pathway.js';
import { publishedSection } from './published.js';
import { question } from './question.js';
import { strategiesSection } from './strategies.js';
import { survival } from './survival.js';
import { tables } from './tables.js';
import { trials } from './trials.js';

export const parts = [
  ['question', 'Question and answer', question],
  ['pathway', 'Pathway', pathway],
  ['strategies', 'Strategies', strategiesSection],
  ['survival', 'Survival', survival],
  ['occupancy', 'State occupancy', occupancy],
  ['incidence', 'Cumulative incidence', incidence],
  ['distributions', 'Grades and causes', distributions],
  ['flow', 'Flow of patients', flow],
  ['differences', 'Differences', differences],
  ['fits', 'Other parameters', fits],
  ['economics', 'Costs and effects', economics],
  ['trials', 'Simulated trials', trials],
  ['tables', 'Further tables', tables],
  ['published', 'Published figures', publishedSection],
  ['parameters', 'Parameters', parameters],
  ['origin', 'How to reproduce it', origin],
];
