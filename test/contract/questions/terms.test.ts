import { describeGolden } from '../../support/golden';

describeGolden('terms');
