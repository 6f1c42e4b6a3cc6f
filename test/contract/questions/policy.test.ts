import { describeGolden } from '../../support/golden';

describeGolden('policy');
