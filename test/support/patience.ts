// A setting of all projects together is not heard by any; here every test file hears it.
jest.setTimeout(120_000);
