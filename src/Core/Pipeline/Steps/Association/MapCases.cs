using RadiogenomicsCloud.Pipeline.Steps.Assembly;
using RadiogenomicsCloud.Reporting.Documents;

namespace RadiogenomicsCloud.Pipeline.Steps.Association;

/// <summary>Decides which cases are in a map, and accounts for all.</summary>
internal sealed class MapCases(
    MapTableSettings settings, CohortCases cases, IReadOnlyList<PredictorSource> sources, IReadOnlyList<MapColumn> covariates,
    IReadOnlyDictionary<(string Case, string Image), ImageFeaturesDocument> documents)
{
    /// <summary>Of every case in the cohort's order: one that has something of both sides is analysed, the first of its patient.</summary>
    public IReadOnlyList<CaseRecord> Records()
    {
        var byPatient = new Dictionary<string, string>(StringComparer.Ordinal);
        var records = new List<CaseRecord>();
        for (var row = 0; row < cases.CaseIds.Count; row++)
        {
            var id = cases.CaseIds[row];
            var patient = cases.PatientOf(id, settings.Assembly.Columns);
            var absence = AbsenceOf(id, row);
            if (absence is null && !byPatient.TryAdd(patient, id))
                absence = new(CaseStatus.Excluded, "patient", $"The case {byPatient[patient]} of the same patient is in the map.");
            var warnings = settings.Assembly.Images
                .Where(image => documents.ContainsKey((id, image))).SelectMany(image => documents[(id, image)].Warnings.Select(w => $"{image}: {w}"))
                .Concat(absence is null ? Of(settings.Imaging.Concat(settings.Molecular), id).Where(a => a.Status == CaseStatus.Failed).Select(a => $"{a.Stage}: {a.Reason}") : []);
            records.Add(new(
                id, patient, cases.Cell(settings.Assembly.Columns.Ids.Site, id), absence?.Status ?? CaseStatus.Analysed, absence?.Stage ?? "", absence?.Reason ?? "", [.. warnings]));
        }
        return records;
    }

    private Absence? AbsenceOf(string id, int row)
    {
        if (cases.ReasonByQuarantinedCase.TryGetValue(id, out var quarantine))
            return new(CaseStatus.Failed, AssembleStep.IntakeStage, quarantine);
        if (Lost(settings.Imaging, id) is { } unseen)
            return unseen;
        if (Lost(settings.Molecular, id) is { } unmeasured)
            return unmeasured;
        return covariates.FirstOrDefault(c => double.IsNaN(c.Values[row])) is { } missing
            ? new(CaseStatus.Excluded, "covariates", $"It has no value of {missing.Feature.Name}, which the map is adjusted for.")
            : null;
    }

    /// <summary>Why a side is missing; null where any source of it has the case. A failure of data is told before an exclusion by rule.</summary>
    private Absence? Lost(IReadOnlyList<string> side, string id)
    {
        var absences = Of(side, id).OrderByDescending(a => a.Status).ToList();
        return absences.Count < side.Count ? null : absences[0];
    }

    private IEnumerable<Absence> Of(IEnumerable<string> names, string id) =>
        names.Select(name => sources.First(s => s.Name == name).Absent.GetValueOrDefault(id)).OfType<Absence>();
}
