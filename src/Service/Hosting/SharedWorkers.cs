using System.Text.Json;
using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Service.Hosting;

/// <summary>A step runner that waits for one of the workers that all jobs of a host share.</summary>
internal sealed class SharedWorkers(IStepRunner runner, SemaphoreSlim workers) : IStepRunner
{
    public async Task<JsonElement> Run(StepCall call, CancellationToken cancel)
    {
        await workers.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            return await runner.Run(call, cancel).ConfigureAwait(false);
        }
        finally
        {
            workers.Release();
        }
    }
}
