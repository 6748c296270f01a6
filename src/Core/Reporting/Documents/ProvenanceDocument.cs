using System.Text.Json;
using RadiogenomicsCloud.Certification;

namespace RadiogenomicsCloud.Reporting.Documents;

/// <summary>An input file by content.</summary>
public sealed record InputFile(string Path, string Sha256, long Length);

/// <summary>The content of <c>provenance.json</c>: everything that decides a run's numbers, and no time.</summary>
/// <param name="Settings">The study file in canonical form, defaults filled in.</param>
/// <param name="Steps">Step names with their versions, of every step of this version of the product.</param>
/// <param name="Notes">Findings about the cohort as a whole, for example ids that nearly match.</param>
/// <param name="Certificate">How many reference values of the digital phantom this version reproduces; null in runs older than it.</param>
public sealed record ProvenanceDocument(
    int Schema,
    string Version,
    string RunId,
    string Study,
    string Endpoint,
    ulong Seed,
    JsonElement Settings,
    IReadOnlyDictionary<string, int> Steps,
    IReadOnlyList<string> Notes,
    IReadOnlyList<InputFile> Inputs,
    CertificateSummary? Certificate = null);
