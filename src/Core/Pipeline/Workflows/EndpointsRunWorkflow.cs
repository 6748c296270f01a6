using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Pipeline.Steps.Endpoints;
using RadiogenomicsCloud.Pipeline.Steps.Results;

namespace RadiogenomicsCloud.Pipeline.Workflows;

/// <summary>A study of many endpoints: a run of each as a child, on the same images, and one table of all.</summary>
public static class EndpointsRunWorkflow
{
    private const int EndpointsAtOnce = 2;

    /// <summary>Takes the input of a run whose study names a source of endpoints; returns the files of the run's folder.</summary>
    public static readonly Workflow<CohortRunInput, RunFileList> Definition = new("endpoints-run", 1, Body);

    private static async Task<RunFileList> Body(IWorkflow run, CohortRunInput input)
    {
        var certificate = (await run.Run(CertifyStep.Definition, new(input.Version))).Require();
        var images = await CohortTable.Images(run, input.Cohort);
        var expanded = (await run.Run(ExpandEndpointsStep.Definition, new(
            input.Cohort.Snapshot, input.Cohort.Content, images, input.Study, RunRequest.FewestToResample))).Require();
        var endpoints = await expanded.Endpoints.FanOut(EndpointsAtOnce, async (endpoint, place) =>
        {
            var files = await run.Run(
                CohortRunWorkflow.Definition, $"endpoint-{place}", input with { Study = endpoint.Study, Cohort = input.Cohort with { Settings = endpoint.Settings } });
            ArtifactRef Named(string name) => files.Files.First(f => f.Name == name).Content;
            return new EndpointFiles(endpoint.Name, Named(RunFileNames.Performance), Named(RunFileNames.Model), Named(RunFileNames.Report));
        });
        return (await run.Run(EndpointsResultsStep.Definition, new(
            input.Cohort.Snapshot, input.Cohort.Content, input.RunId, input.Version, input.Study, endpoints, expanded.Skipped, certificate))).Require();
    }
}
