namespace RadiogenomicsCloud.Functions.Durable;

/// <summary>Gives the instance of a job that is not done the status Failed, so that its id can be started again; the register says why it ended.</summary>
internal sealed class JobEndedException(string message) : Exception(message);
