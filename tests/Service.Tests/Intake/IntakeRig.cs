using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using RadiogenomicsCloud.Core.Tests.Imaging.Dicom;
using RadiogenomicsCloud.Core.Tests.Imaging.Nifti;
using RadiogenomicsCloud.Core.Tests.Pipeline;
using RadiogenomicsCloud.Imaging.Dicom;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Service.Hosting;
using RadiogenomicsCloud.Service.Intake;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Models;
using RadiogenomicsCloud.Service.Ports;
using RadiogenomicsCloud.Service.Tests.Fakes;
using RadiogenomicsCloud.Service.Workflows;

namespace RadiogenomicsCloud.Service.Tests.Intake;

/// <summary>A storage with a cohort named <c>liver</c>, and what runs its job.</summary>
internal sealed class IntakeRig
{
    public const string Cohort = "liver";
    public const string Version = "1.0.0-test";

    private const string StudyText =
        """
        schema: 1
        study: liver
        ids: {case: case_id}
        endpoints: [{column: response, kind: binary}]
        imaging:
          - {name: ct, modality: CT, discretise: {method: FBN, bins: 8}, families: [intensity_statistics]}
        compare: [ct]
        models: [{elastic_net: {alpha: [1], folds: 2, nlambda: 5}}]
        validate: [{bootstrap: {resamples: 50}}]
        seed: 1
        """;

    private readonly StepCatalogue steps;

    public IntakeRig()
    {
        Jobs = new(Storage.Records, Storage.Artifacts, TimeProvider.System);
        steps = CohortSteps.Catalogue().AddIntake(Storage, Jobs).Add(new RegisterModelStep(new(Storage, new([]), TimeProvider.System)));
    }

    public MemoryStorage Storage { get; } = new();

    public JobRegister Jobs { get; }

    public IntakePolicy Policy { get; set; } = IntakePolicy.Default;

    public IntakeStarter Starter => new(Storage, Jobs, Policy, Version);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Tables and study of a number of cases, half of them with the event.</summary>
    public IntakeRig WithTables(int cases, string study = StudyText)
    {
        Put("study.yaml", Encoding.UTF8.GetBytes(study));
        Put("clinical.csv", Encoding.UTF8.GetBytes("case_id,response\n" + string.Concat(Enumerable.Range(1, cases).Select(n => $"{CaseId(n)},{n % 2}\n"))));
        return this;
    }

    /// <summary>Small NIfTI images of the cases.</summary>
    public IntakeRig WithImages(int cases, int first = 1)
    {
        for (var n = first; n < first + cases; n++)
        {
            var seed = n;
            Put($"imaging/{CaseId(n)}/a.nii", new NiftiBuilder { Dim = [3, 6, 6, 6, 1, 1, 1, 1], Value = v => ((v * 7919) + (seed * 104729 * (v % 13))) % 101 }.Build());
            Put($"imaging/{CaseId(n)}/a.mask.nii", new NiftiBuilder { Dim = [3, 6, 6, 6, 1, 1, 1, 1], Value = v => v is > 40 and < 170 ? 1 : 0 }.Build());
        }
        return this;
    }

    public static string CaseId(int n) => "P" + n.ToString("00", CultureInfo.InvariantCulture);

    public void Put(string path, byte[] content) => Storage.Cohorts.Put($"{Cohort}/{path}", content);

    public void Put(string path, DicomBuilder dicom) => Put(path, dicom.Bytes());

    /// <summary>A slice that states its de-identification and passes.</summary>
    public static DicomBuilder CleanSlice(string caseId, int slice = 0) => DicomBuilder
        .Slice("CT", $"1.2.3.4.{slice + 1}", new(0, 0, slice), 2, 2, [1, 2, 3, 4])
        .Set(DicomTags.PatientId, "LO", caseId)
        .Set(DicomTags.PatientName, "PN", caseId)
        .Remove(DicomTags.SeriesDescription)
        .Set(new(0x0012, 0x0062), "CS", "YES")
        .Sequence(new(0x0012, 0x0064), new DicomBuilder().Set(DicomTags.CodeValue, "SH", "113100"));

    public static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var stream = archive.CreateEntry(name).Open();
                stream.Write(content);
            }
        }
        return bytes.ToArray();
    }

    public async Task<CohortManifest> Manifest()
    {
        var files = new List<ManifestFile>();
        await foreach (var file in Storage.Cohorts.List(Cohort + "/", Cancel))
        {
            if (!file.Path.EndsWith(CohortManifest.FileName, StringComparison.Ordinal))
                files.Add(new(file.Path[(Cohort.Length + 1)..], file.Length, Convert.ToHexStringLower(SHA256.HashData(Storage.Cohorts.Get(file.Path)))));
        }
        return new("Site", new("CTP", null), files);
    }

    public void Mark(CohortManifest? manifest)
    {
        using var bytes = new MemoryStream();
        manifest?.Write(bytes);
        Put(CohortManifest.FileName, bytes.ToArray());
    }

    /// <summary>Enters the job of the marker and runs it as the service would.</summary>
    public async Task<JobRecord> Run()
    {
        var (job, _) = (await Starter.Start(Cohort, Cancel))!.Value;
        var input = CanonicalJson.FromElement<CohortJobInput>(await Jobs.InputOf(job, Cancel));
        try
        {
            await new LocalHost(Runner(job), new(2), TimeProvider.System).Run(CohortJobWorkflow.Definition, job.Id, input, Cancel);
        }
        catch (RadiogenomicsException)
        {
            // Its record says so.
        }
        return (await Jobs.Find(job.Id, Cancel))!;
    }

    public IStepRunner Runner(JobRecord job) =>
        new ServiceRuntime(Storage, steps, new WorkflowCatalogue().AddIntake(), TimeProvider.System, Version, NullLoggerFactory.Instance).RunnerFor(job.Id, job.Place);

    /// <summary>The intake alone, replayed from its start after every event.</summary>
    public async Task<IntakeDocument> Intake()
    {
        var marker = await IntakeStarter.ReadMarker(Storage, CohortPlace.Of(Cohort), Policy, Cancel) ?? throw new InvalidOperationException("No marker.");
        var runner = new ServiceRuntime(Storage, steps, new WorkflowCatalogue(), TimeProvider.System, Version, NullLoggerFactory.Instance).RunnerFor("intake", CohortPlace.Of(Cohort));
        var body = new Workflow<IntakeInput, IntakeOutput>("intake-alone", 1, CohortIntake.Make);
        Output = await new ReplayHost(runner, open => open - 1).Run(body, "intake", new(CohortPlace.Of(Cohort), marker.Content, Policy), Cancel);
        return await Read<IntakeDocument>(Output.Document);
    }

    public IntakeOutput Output { get; private set; } = null!;

    public async Task<T> Read<T>(ArtifactRef reference)
    {
        await using var stream = await Storage.Artifacts.Open(reference, Cancel);
        return (await System.Text.Json.JsonSerializer.DeserializeAsync<T>(stream!, CanonicalJson.Options, Cancel))!;
    }
}
