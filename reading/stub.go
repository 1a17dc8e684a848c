package reading

func (p *page) findAgreements() {}
