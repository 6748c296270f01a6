namespace RadiogenomicsCloud.Service.Models;

/// <summary>What may be done with a version of a model. It goes from the first to the last and never back.</summary>
public enum ModelState
{
    /// <summary>A run made it. Nobody has vouched for it: it is scored on nothing.</summary>
    Candidate,

    /// <summary>Vouched for by a person who may; re-validated and validated at partners' sites.</summary>
    Locked,

    /// <summary>No longer used. Its file and its figures stay readable.</summary>
    Retired,
}
